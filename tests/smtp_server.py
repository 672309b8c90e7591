"""A mail server for tests: aiosmtpd on loopback, which writes each mail that it takes.

    smtp_server.py DIR [--tls CERT KEY | --starttls CERT KEY] [--password P | --token T]
                       [--refuse ADDRESS] [--port PORT]

Prints its port, and ends when its standard input does. A mail is DIR/N.eml, with the
envelope's recipient in the first line. What an account sends before it has signed in is refused.
"""

import argparse
import asyncio
import base64
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, args):
        self.args = args

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == self.args.refuse:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mails = pathlib.Path(self.args.dir)
        path = mails / f"{len(list(mails.glob('*.eml'))):03}.eml"
        head = f"X-Envelope: {','.join(envelope.rcpt_tos)}\r\nX-Signed-In: {session.auth_data}\r\n"
        path.with_suffix(".part").write_bytes(head.encode() + envelope.content)
        path.with_suffix(".part").rename(path)
        return "250 OK"

    async def auth_XOAUTH2(self, server, args):
        text = base64.b64decode(args[1]).decode()
        wanted = f"auth=Bearer {self.args.token}\x01"
        user = text.split("\x01")[0].removeprefix("user=")
        return AuthResult(success=wanted in text, handled=wanted in text, auth_data=user)


def authenticator(args):
    def check(server, session, envelope, mechanism, data):
        is_right = data.password == (args.password or "").encode()
        return AuthResult(success=is_right, handled=is_right, auth_data=data.login.decode())

    return check


async def serve(args):
    context = None
    pair = args.tls or args.starttls
    if pair:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*pair)
    signs_in = bool(args.password or args.token)
    handler = Handler(args)

    def session():
        return SMTP(
            handler,
            hostname="localhost",
            tls_context=context if args.starttls else None,
            require_starttls=bool(args.starttls),
            authenticator=authenticator(args),
            auth_required=signs_in,
            auth_require_tls=bool(args.starttls),
            auth_exclude_mechanism=["LOGIN", "PLAIN"] if args.token else [],
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(session, "127.0.0.1", args.port, ssl=context if args.tls else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


parser = argparse.ArgumentParser()
parser.add_argument("dir")
parser.add_argument("--tls", nargs=2)
parser.add_argument("--starttls", nargs=2)
parser.add_argument("--password")
parser.add_argument("--token")
parser.add_argument("--refuse")
parser.add_argument("--port", type=int, default=0)
asyncio.run(serve(parser.parse_args()))
