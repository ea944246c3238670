// Files and folders that were picked or dropped, with their paths below the folder.

// What computers put into folders for themselves: no page of anybody's.
const NO_PAPER = /^(\..*|~\$.*|thumbs\.db|desktop\.ini)$/i;

/** Return the files of an input, as `{file, path}`. */
export function picked(input) {
  const files = [...input.files].filter((file) => !NO_PAPER.test(file.name));
  return files.map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

async function entriesOf(folder) {
  const reader = folder.createReader();
  const found = [];
  for (;;) { // a reader gives a hundred entries at a time
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return found;
    found.push(...some);
  }
}

async function filesUnder(entry, above) {
  if (NO_PAPER.test(entry.name)) return [];
  const path = above + entry.name;
  if (entry.isFile) {
    const file = await new Promise((done, fail) => entry.file(done, fail));
    return [{ file, path }];
  }
  const found = [];
  for (const each of await entriesOf(entry)) found.push(...await filesUnder(each, `${path}/`));
  return found;
}

/** Return all files that were dropped, folders opened, as `{file, path}`. */
export async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  const found = [];
  for (const entry of entries) found.push(...await filesUnder(entry, ""));
  return found;
}
