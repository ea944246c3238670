"""The settings of an office: ``SARABAN_*`` in the environment. Read here and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.limits import Limits


class WrongSetting(Exception):
    """A setting has a value that makes no sense."""


class Settings(BaseSettings):
    """Everything an office may set; the defaults run one office on one machine."""

    model_config = SettingsConfigDict(env_prefix="SARABAN_", extra="ignore")

    data_dir: Path = Path("data")
    database_url: str = ""  # empty: SQLite in data_dir
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    processes: int = Field(default=os.cpu_count() or 1, ge=1, le=256)
    max_file_mb: int = Field(default=100, ge=1, le=4096)
    max_pages: int = Field(default=200, ge=1, le=10_000)
    max_page_megapixels: int = Field(default=80, ge=1, le=1_000)
    max_zip_entries: int = Field(default=1_000, ge=1, le=100_000)
    least_free_mb: int = Field(default=500, ge=0, le=10_000_000)  # of the disk; then no more comes
    requests_per_minute: int = Field(default=6_000, ge=10, le=1_000_000)  # of one station
    page_seconds: int = Field(default=60, ge=5, le=3_600)
    lease_minutes: int = Field(default=15, ge=2, le=480)  # without work, then others may have it
    second_share: float = Field(default=0.03, ge=0, le=1)  # of confirmed letters, read once more
    train_after: int = Field(default=50, ge=0, le=100_000)  # decisions; 0: only when told to

    @property
    def limits(self) -> Limits:
        """Return the bounds on foreign files."""
        return Limits(
            file_bytes=self.max_file_mb * 2**20,
            pages=self.max_pages,
            page_pixels=self.max_page_megapixels * 1_000_000,
            zip_entries=self.max_zip_entries,
            open_seconds=self.page_seconds,
            page_seconds=self.page_seconds,
        )

    @property
    def tables_url(self) -> str:
        """Return the URL of the office's database."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute()}/saraban.sqlite3"

    @property
    def workflows_url(self) -> str:
        """Return the URL of the durable engine's database."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute()}/workflows.sqlite3"

    @property
    def shelf(self) -> Path:
        """Return where the trained models stand."""
        return self.data_dir / "models"

    @property
    def categories(self) -> Path:
        """Return where an administrator's own list of categories stands, if there is one."""
        return self.data_dir / "categories.toml"


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        WrongSetting: with every wrong value and what is allowed.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"SARABAN_{str(one['loc'][0]).upper()}: {one['msg']}" for one in error.errors()
        )
        raise WrongSetting(f"ค่าตั้งไม่ถูกต้อง: {wrong}") from error
