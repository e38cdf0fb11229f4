"""A real SMTP server (aiosmtpd) for the tests: server.py plain|starttls|tls|password [CERTIFICATE KEY]

Prints its port, then each message that it accepted as a line of JSON. The local part of a recipient
chooses a failure: later, never, away, slow or dies. A message to any other recipient is accepted.
"""

import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        match address.split("@")[0]:
            case "later":
                return "451 4.7.1 Greylisted, try again later"
            case "never":
                return "550 5.1.1 No such mailbox"
            case "away":
                return "421 4.3.2 Going down for the night"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        match envelope.rcpt_tos[0].split("@")[0]:
            case "slow":
                await asyncio.sleep(60)
            case "dies":
                server.transport.abort()
                return "451 never seen"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {part.get_content_type(): part.get_content() for part in message.iter_parts()}
        print(
            json.dumps(
                {
                    "mail_from": envelope.mail_from,
                    "to": envelope.rcpt_tos,
                    "headers": {name.lower(): str(value) for name, value in message.items()},
                    "text": parts["text/plain"],
                    "html": parts["text/html"],
                    "encrypted": server.transport.get_extra_info("cipher") is not None,
                    "user": session.auth_data.decode() if session.auth_data else None,
                }
            ),
            flush=True,
        )
        return "250 Taken"


def authenticate(server, session, envelope, mechanism, data):
    if isinstance(data, LoginPassword) and data.password == b"right":
        return AuthResult(success=True, auth_data=data.login)
    return AuthResult(success=False, handled=False)


async def main(mode, files):
    context = None
    if files:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
    options = {"hostname": "localhost"}
    if mode in ("starttls", "password"):
        options |= {"tls_context": context, "require_starttls": True}
    if mode == "password":
        options |= {"authenticator": authenticate, "auth_required": True}
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(Handler(), **options),
        host="127.0.0.1",
        port=0,
        ssl=context if mode == "tls" else None,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main(sys.argv[1], sys.argv[2:]))
