"""The running site: its address, its secrets and its server."""

import errno
import http.client
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from config.bootstrap.folders import PYTHON, ROOT
from config.bootstrap.sentences import BootstrapError

HOST, DEFAULT_PORT = "127.0.0.1", 8000
START_LIMIT = 60  # seconds that the server may take to answer


def port_number(text: str) -> int:
    """The port that ``PORT`` names (empty: 8000); ``BootstrapError`` when it is none."""
    if not text.strip():
        return DEFAULT_PORT
    if not (text.strip().isascii() and text.strip().isdigit() and 0 < int(text) < 65536):
        raise BootstrapError(
            f"PORT={text} is not a port: give a number from 1 to 65535, for example PORT=8001.",
            f"القيمة PORT={text} ليست منفذاً: اكتب رقماً من 1 إلى 65535، مثل PORT=8001.",
        )
    return int(text)


def check_port(port: int) -> None:
    """``BootstrapError`` when nothing can listen on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise BootstrapError(
                    f"Port {port} needs an administrator: choose one above 1023, for example"
                    f" make run PORT={DEFAULT_PORT}.",
                    f"المنفذ {port} يحتاج إلى صلاحية مدير: اختر منفذاً فوق 1023، مثل"
                    f" make run PORT={DEFAULT_PORT}.",
                ) from error
            raise BootstrapError(
                f"Port {port} is taken: stop the program that uses it, or choose another,"
                f" for example make run PORT={port % 65535 + 1}.",
                f"المنفذ {port} مشغول: أوقف البرنامج الذي يستعمله، أو اختر غيره،"
                f" مثل make run PORT={port % 65535 + 1}.",
            ) from error


def secret_key(folder: Path) -> str:
    """The site's secret key: made at the first call, kept in ``folder`` readable by its owner only."""
    path = folder / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_text(encoding="ascii").strip()
        if key:
            return key
        path.unlink()  # a start that was killed between making and writing it
        return secret_key(folder)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key + "\n")
    return key


def site_variables(folder: Path, environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The site's variables where the user set none: safe, for this machine only."""
    variables = {
        "MAHDAR_VAR": str(folder),
        "MAHDAR_ALLOWED_HOSTS": f"{HOST},localhost,[::1]",
        **{name: value for name, value in environ.items() if name.startswith("MAHDAR_") and value},
    }
    variables["MAHDAR_VAR"] = str(folder)
    if "MAHDAR_SECRET_KEY" not in variables:
        variables["MAHDAR_SECRET_KEY"] = secret_key(folder)
    return variables


def serve(port: int, environment: Mapping[str, str]) -> int:
    """Serve until stopped; says where once the server answers. Returns the exit status."""
    command = [str(PYTHON), "-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}"]
    # The longest line that gunicorn takes: a query of a page of text gets an answer, not a bare 414.
    command += ["--limit-request-line", "8190"]
    command += ["--workers", "1", "--threads", "4", "--graceful-timeout", "5"]
    command += ["--log-level", "warning", "--no-control-socket"]
    server = subprocess.Popen(command, cwd=ROOT, env=dict(environment))

    def stop(_number: int, _frame: object) -> None:
        server.terminate()

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        if not answers(port, environment, server):
            server.terminate()
            server.wait()
            raise BootstrapError(
                "The server did not start; the lines above say why.",
                "لم يعمل الخادم، والأسطر السابقة تبيّن السبب.",
            )
        address = f"http://{HOST}:{port}"
        print(f"Open افتح: {address}/   Admin الإدارة: {address}/admin/", flush=True)
        return max(server.wait(), 0)
    except KeyboardInterrupt:
        # The terminal has sent the same signal to the server, which is closing.
        server.wait()
        return 0


def answers(port: int, environment: Mapping[str, str], server: subprocess.Popen) -> bool:
    """Whether the server gives a page before the limit; False when it ends or fails first."""
    # A site for other hosts refuses ours, so the question names one of its own.
    own = environment["MAHDAR_ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    host = HOST if own == "*" else own
    limit = time.monotonic() + START_LIMIT
    while server.poll() is None and time.monotonic() < limit:
        connection = http.client.HTTPConnection(HOST, port, timeout=START_LIMIT)
        try:
            connection.request("GET", "/", headers={"Host": host})
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    return False
