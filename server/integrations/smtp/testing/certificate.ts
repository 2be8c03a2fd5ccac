import { generateKeyPairSync, sign } from "node:crypto";

/** One element of DER: tag, length, content. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: Buffer[]) => der(0x30, ...content);
const hex = (text: string) => Buffer.from(text, "hex");
const COMMON_NAME = der(0x06, hex("550403"));
const ECDSA_WITH_SHA256 = sequence(der(0x06, hex("2a8648ce3d040302")));
const ALT_NAME = der(0x06, hex("551d11"));

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A self-signed certificate of one host (RFC 5280), valid 2020–2049: for a TLS server that a test trusts and nobody else. */
export function selfSigned(host: string): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(host)))));
  const validity = sequence(der(0x17, Buffer.from("200101000000Z")), der(0x17, Buffer.from("491231235959Z")));
  const altNames = sequence(sequence(ALT_NAME, der(0x04, sequence(der(0x82, Buffer.from(host))))));
  const body = sequence(
    der(0xa0, der(0x02, hex("02"))),
    der(0x02, hex("01")),
    ECDSA_WITH_SHA256,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, altNames),
  );
  const signed = sequence(body, ECDSA_WITH_SHA256, der(0x03, hex("00"), sign("sha256", body, privateKey)));
  const lines = signed.toString("base64").replace(/(.{64})/g, "$1\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}
