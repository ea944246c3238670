// Sends the files of a batch, three at a time, for as long as it takes.

import { wanted } from "./manifest.js";
import { Trouble, upload } from "./tus.js";

const AT_ONCE = 3; // leaves connections for the page itself
const LONGEST = 60; // seconds between two tries
const LATEST = 20; // measurements of the pace

/** Files on their way; every number that the page shows comes from `state`. */
export class Sender {
  /** `lookUp` asks the server once more for the line of a job. */
  constructor(lookUp) {
    this.lookUp = lookUp;
    this.jobs = new Map(); // by the line of the manifest
    this.waiting = [];
    this.active = 0;
    this.held = false;
    this.stop = new AbortController();
    this.marks = [];
  }

  /** Take in files with the server's answer for each; those that it has need not be sent. */
  add(chosen) {
    const again = new Set(chosen.map(({ path }) => path));
    for (const [id, job] of this.jobs) if (job.failed && again.has(job.path)) this.jobs.delete(id);
    for (const { file, path, line } of chosen) {
      if (this.jobs.has(line.id)) continue; // chosen twice, and on its way or here
      const job = { file, path, line, url: line.url, sent: line.offset, tries: 0, reason: "" };
      job.done = !wanted(line);
      if (job.done) job.sent = file.size;
      this.jobs.set(line.id, job);
      if (!job.done) this.waiting.push(job);
    }
    this.fill();
  }

  /** Tell whether closing the page would stop something. */
  get busy() {
    return !this.held && [...this.jobs.values()].some((job) => !job.done && !job.failed);
  }

  hold() {
    this.held = true;
    this.stop.abort();
  }

  goOn() {
    this.held = false;
    this.stop = new AbortController();
    this.hurry(() => true);
  }

  /** Try those at once that wait because the network was lost: it is back. */
  back() {
    this.hurry((job) => job.lost);
  }

  hurry(meant) {
    for (const job of this.jobs.values()) {
      if (!job.timer || !meant(job)) continue;
      clearTimeout(job.timer);
      this.queue(job);
    }
    this.fill();
  }

  queue(job) {
    job.timer = null;
    this.waiting.push(job);
  }

  fill() {
    while (!this.held && this.active < AT_ONCE && this.waiting.length) this.send(this.waiting.shift());
  }

  async send(job) {
    this.active += 1;
    const { signal } = this.stop;
    try {
      if (await this.needed(job)) await upload(job, { signal, moved: (offset) => { job.sent = offset; } });
      Object.assign(job, { done: true, sent: job.file.size, reason: "" });
    } catch (error) {
      if (error.name === "AbortError") {
        job.tries ||= 1; // it may be there all the same
        this.waiting.unshift(job);
      } else if (error instanceof Trouble) this.later(job, error);
      else throw error;
    } finally {
      this.active -= 1;
      this.fill();
    }
  }

  /** Tell whether a file is still to be sent: only the answer may have been lost. */
  async needed(job) {
    if (!job.tries || job.url) return true;
    const line = await this.lookUp(job);
    job.url = line.url;
    return wanted(line);
  }

  /** Try again after a while that doubles; or give the file up, where trying cannot help. */
  later(job, trouble) {
    if (trouble.anew) Object.assign(job, { url: null, sent: 0 });
    if (!trouble.again && !trouble.anew) {
      Object.assign(job, { failed: true, reason: trouble.message });
      return;
    }
    job.tries += 1;
    job.lost = trouble.lost;
    const wait = trouble.wait || Math.min(2 ** Math.min(job.tries, 6), LONGEST);
    job.reason = `${trouble.message} จะลองใหม่ใน ${wait} วินาที`;
    job.timer = setTimeout(() => { this.queue(job); this.fill(); }, wait * 1000);
  }

  /** Return what there is to see: counts, bytes, bytes per millisecond, and files in trouble. */
  state() {
    const all = [...this.jobs.values()];
    const sum = (what) => all.reduce((total, job) => total + what(job), 0);
    const sent = sum((job) => job.sent);
    const at = performance.now();
    this.marks = [...this.marks, { at, sent }].slice(-LATEST);
    const first = this.marks[0];
    const finished = sum((job) => (job.done ? 1 : 0));
    const failed = sum((job) => (job.failed ? 1 : 0));
    return {
      files: all.length,
      finished,
      failed,
      bytes: sum((job) => job.file.size),
      sent,
      pace: at > first.at ? (sent - first.sent) / (at - first.at) : 0,
      held: this.held,
      done: all.length > 0 && finished + failed === all.length,
      troubles: all.filter((job) => job.reason && !job.done).map(({ path, reason, failed }) => ({ name: path, reason, failed })),
    };
  }
}
