import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  ACCESS_ACCEPT,
  decodeAnswer,
  encodeAccessRequest,
  hidePassword,
  MESSAGE_AUTHENTICATOR,
  vendorAttributes,
} from "./packet";

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ""), "hex");
// RFC 2865 §7.1: nemo logs in with "arctangent", the secret is "xyzzy5461".
const authenticator = hex("0f403f9473978057bd83d5cb98f4227a");
const secret = "xyzzy5461";
const request = { identifier: 0, authenticator, secret };
const accept = hex("02000026 86fe220e7624ba2a1005f6bf9b55e0b2 0606 00000001 0f06 00000000 0e06 c0a80103");

/** An answer as a server would sign it. */
function sign(code: number, attributes: Buffer, withSecret = secret): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(code, 0);
  header.writeUInt16BE(20 + attributes.length, 2);
  authenticator.copy(header, 4);
  const packet = Buffer.concat([header, attributes]);
  createHash("md5").update(packet).update(withSecret).digest().copy(packet, 4);
  return packet;
}

function withMessageAuthenticator(code: number, withSecret: string): Buffer {
  const attributes = Buffer.concat([Buffer.from([MESSAGE_AUTHENTICATOR, 18]), Buffer.alloc(16)]);
  const draft = sign(code, attributes);
  authenticator.copy(draft, 4);
  createHmac("md5", withSecret).update(draft).digest().copy(attributes, 2);
  return sign(code, attributes);
}

describe("a request", () => {
  test("hides the password as RFC 2865 does", () => {
    expect(hidePassword("arctangent", secret, authenticator)).toEqual(hex("0dbe708d93d413ce3196e43f782a0aee"));
  });

  test("hides a password longer than a block in a chain of blocks", () => {
    const hidden = hidePassword("a".repeat(17), secret, authenticator);
    expect(hidden).toHaveLength(32);
    const second = createHash("md5").update(secret).update(hidden.subarray(0, 16)).digest();
    expect(hidden.readUInt8(16) ^ second.readUInt8(0)).toBe("a".charCodeAt(0));
    expect(hidden.subarray(17)).toEqual(second.subarray(1));
  });

  test("carries a Message-Authenticator over the whole packet", () => {
    const packet = encodeAccessRequest({ ...request, login: "nemo", password: "arctangent", nasIdentifier: "probe" });
    expect(packet.readUInt16BE(2)).toBe(packet.length);
    const given = Buffer.from(packet.subarray(22, 38));
    packet.fill(0, 22, 38);
    expect(given).toEqual(createHmac("md5", secret).update(packet).digest());
  });

  test("a password or login that does not fit is refused, not cut", () => {
    const encode = (login: string, password: string) =>
      encodeAccessRequest({ ...request, login, password, nasIdentifier: "probe" });
    expect(() => encode("nemo", "x".repeat(129))).toThrow(RangeError);
    expect(() => encode("x".repeat(254), "secret")).toThrow(RangeError);
    expect(() => encode("", "secret")).toThrow(RangeError);
  });
});

describe("an answer", () => {
  test("of RFC 2865 is read", () => {
    const answer = decodeAnswer(accept, request);
    expect(answer?.code).toBe(ACCESS_ACCEPT);
    expect(answer?.attributes.map((item) => item.type)).toEqual([6, 15, 14]);
    expect(answer?.attributes[2]?.value).toEqual(hex("c0a80103"));
  });

  test("octets after its length are padding", () => {
    expect(decodeAnswer(Buffer.concat([accept, Buffer.alloc(7)]), request)?.attributes).toHaveLength(3);
  });

  test.each([
    ["to another request", Buffer.concat([hex("0201"), accept.subarray(2)])],
    ["with another code than was signed", Buffer.concat([hex("03"), accept.subarray(1)])],
    ["with an attribute changed on the way", Buffer.concat([accept.subarray(0, -1), hex("04")])],
    ["cut short", accept.subarray(0, -1)],
    ["shorter than a header", accept.subarray(0, 19)],
    ["empty", Buffer.alloc(0)],
    ["signed with another secret", sign(ACCESS_ACCEPT, Buffer.alloc(0), "other")],
    ["with an attribute longer than the packet", sign(ACCESS_ACCEPT, hex("06ff00"))],
    ["with an attribute of length one", sign(ACCESS_ACCEPT, hex("0601"))],
    ["with a Message-Authenticator of another secret", withMessageAuthenticator(ACCESS_ACCEPT, "other")],
  ])("%s is none", (_name, datagram) => {
    expect(decodeAnswer(datagram, request)).toBeNull();
  });

  test("with a right Message-Authenticator is read", () => {
    expect(decodeAnswer(withMessageAuthenticator(ACCESS_ACCEPT, secret), request)?.code).toBe(ACCESS_ACCEPT);
  });

  test("vendor attributes are found inside, malformed ones left out", () => {
    const attributes = [
      { type: 26, value: hex("00003a8c 0807 3130302f31 1303 70") },
      { type: 26, value: hex("00003a8c 08ff 31") },
      { type: 26, value: hex("00003a") },
    ];
    expect(vendorAttributes(attributes).map(({ vendor, type, value }) => [vendor, type, value.toString()])).toEqual([
      [14988, 8, "100/1"],
      [14988, 19, "p"],
    ]);
  });
});
