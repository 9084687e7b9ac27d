"""Syllabus each night at 2, for Airflow 2: goes to the folder of DAGs."""

import subprocess
from datetime import datetime, timedelta

from airflow.decorators import dag, task
from airflow.exceptions import AirflowException, AirflowFailException

HOME = "/opt/syllabus"
ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "SYLLABUS_CONFIG": "/etc/syllabus/images.conf",
    "SYLLABUS_STORE": "/data/syllabus/store",
}
NEEDS_A_PERSON = {2: "the settings are wrong", 3: "the data are bad", 4: "the labels were refused"}


@dag(
    schedule="0 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 6, "retry_delay": timedelta(minutes=10)},
)
def syllabus():
    @task
    def nightly():
        with subprocess.Popen([f"{HOME}/jobs/schedule/nightly"], env=ENVIRONMENT) as night:
            try:
                code = night.wait()
            finally:
                # Airflow ends a task with an exception: the night stops as it wants to, and is waited for.
                night.terminate()
        if code in NEEDS_A_PERSON:
            raise AirflowFailException(NEEDS_A_PERSON[code])
        if code != 0:
            # Another run has the store (5), or it failed: the next try goes on where it stopped.
            raise AirflowException(f"nightly ended with {code}")

    nightly()


syllabus()
