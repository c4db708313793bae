"""TLS certificates are verified: a server that vouches for itself is not read."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@pytest.fixture
def self_signed(tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "replica.test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("replica.test")]), critical=False)
        .sign(key, hashes.SHA256()))
    file = tmp_path / "replica.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return file


@pytest.mark.parametrize(("verify", "read"), [(True, 0), (False, 1)])
def test_certificates(server, crawl, self_signed, verify, read):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.answers = {"/": (200, {}, b"<html>page")}
    found = crawl(f"https://replica.test:{server.server_port}/", names={"replica.test": "127.0.0.1"},
                  settings={"DOWNLOAD_VERIFY_CERTIFICATES": verify, "RETRY_TIMES": 0})
    assert len(found["got"]) == read
    assert len(server.asked) == read
