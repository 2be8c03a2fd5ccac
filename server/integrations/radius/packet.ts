import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** RFC 2865 packets: as much of them as asking for access takes. */
export const ACCESS_REQUEST = 1;
export const ACCESS_ACCEPT = 2;
export const ACCESS_REJECT = 3;

export const USER_NAME = 1;
export const USER_PASSWORD = 2;
export const VENDOR_SPECIFIC = 26;
export const NAS_IDENTIFIER = 32;
export const MESSAGE_AUTHENTICATOR = 80;

const HEADER = 20;
const MAX_LENGTH = 4096;

export interface Attribute {
  readonly type: number;
  readonly value: Buffer;
}

export interface VendorAttribute extends Attribute {
  readonly vendor: number;
}

export interface AccessRequest {
  readonly identifier: number;
  /** 16 unpredictable octets, new for every request. */
  readonly authenticator: Buffer;
  readonly secret: string;
  readonly login: string;
  readonly password: string;
  readonly nasIdentifier: string;
}

/** A PAP Access-Request signed with Message-Authenticator (RFC 3579 §3.2). Throws `RangeError` on a value that does not fit. */
export function encodeAccessRequest(request: AccessRequest): Buffer {
  const { identifier, authenticator, secret } = request;
  const attributes = [
    // First, so that a peer may check it before reading the rest.
    attribute(MESSAGE_AUTHENTICATOR, Buffer.alloc(16)),
    attribute(USER_NAME, Buffer.from(request.login)),
    attribute(USER_PASSWORD, hidePassword(request.password, secret, authenticator)),
    attribute(NAS_IDENTIFIER, Buffer.from(request.nasIdentifier)),
  ];
  const packet = Buffer.concat([Buffer.alloc(HEADER), ...attributes]);
  packet.writeUInt8(ACCESS_REQUEST, 0);
  packet.writeUInt8(identifier, 1);
  packet.writeUInt16BE(packet.length, 2);
  authenticator.copy(packet, 4);
  createHmac("md5", secret)
    .update(packet)
    .digest()
    .copy(packet, HEADER + 2);
  return packet;
}

function attribute(type: number, value: Buffer): Buffer {
  if (value.length === 0 || value.length > 253) throw new RangeError(`RADIUS attribute ${type}: 1 to 253 octets`);
  return Buffer.concat([Buffer.from([type, value.length + 2]), value]);
}

/** RFC 2865 §5.2: XOR with a chain of MD5 over the secret, in blocks of 16, at most 128 octets. */
export function hidePassword(password: string, secret: string, authenticator: Buffer): Buffer {
  const plain = Buffer.from(password);
  if (plain.length > 128) throw new RangeError("RADIUS password: at most 128 octets");
  const hidden = Buffer.alloc(Math.max(16, Math.ceil(plain.length / 16) * 16));
  plain.copy(hidden);
  let previous = authenticator;
  for (let start = 0; start < hidden.length; start += 16) {
    const mask = createHash("md5").update(secret).update(previous).digest();
    for (let index = 0; index < 16; index += 1) {
      hidden.writeUInt8(hidden.readUInt8(start + index) ^ mask.readUInt8(index), start + index);
    }
    previous = hidden.subarray(start, start + 16);
  }
  return hidden;
}

export interface Answer {
  readonly code: number;
  readonly attributes: readonly Attribute[];
}

/**
 * The answer to a request, or null when the datagram is none: of another request, malformed, or not signed with our
 * secret. RFC 2865 §3: such a datagram is dropped without a word, the true answer may still come.
 */
export function decodeAnswer(
  datagram: Buffer,
  request: Pick<AccessRequest, "identifier" | "authenticator" | "secret">,
): Answer | null {
  if (datagram.length < HEADER || datagram.readUInt8(1) !== request.identifier) return null;
  const length = datagram.readUInt16BE(2);
  if (length < HEADER || length > datagram.length || length > MAX_LENGTH) return null;
  const packet = Buffer.from(datagram.subarray(0, length));
  const signature = Buffer.from(packet.subarray(4, HEADER));
  request.authenticator.copy(packet, 4);
  if (!timingSafeEqual(signature, createHash("md5").update(packet).update(request.secret).digest())) return null;
  const attributes = decodeAttributes(packet.subarray(HEADER));
  if (!attributes || !messageAuthenticatorHolds(packet, attributes, request.secret)) return null;
  return { code: packet.readUInt8(0), attributes };
}

function decodeAttributes(bytes: Buffer): Attribute[] | null {
  const attributes: Attribute[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at + 1] ?? 0;
    if (length < 2 || at + length > bytes.length) return null;
    attributes.push({ type: bytes.readUInt8(at), value: bytes.subarray(at + 2, at + length) });
    at += length;
  }
  return attributes;
}

/** True when it is absent (older servers send none) or right. `packet` carries the request's authenticator. */
function messageAuthenticatorHolds(packet: Buffer, attributes: readonly Attribute[], secret: string): boolean {
  const found = attributes.find((item) => item.type === MESSAGE_AUTHENTICATOR);
  if (!found) return true;
  if (found.value.length !== 16) return false;
  const given = Buffer.from(found.value);
  // The value is a view into the packet: it is signed with zeroes in its place.
  found.value.fill(0);
  const expected = createHmac("md5", secret).update(packet).digest();
  given.copy(found.value);
  return timingSafeEqual(given, expected);
}

/** Attributes inside Vendor-Specific ones (RFC 2865 §5.26); a malformed one is left out. */
export function vendorAttributes(attributes: readonly Attribute[]): VendorAttribute[] {
  return attributes.flatMap(({ type, value }) => {
    if (type !== VENDOR_SPECIFIC || value.length < 6) return [];
    const vendor = value.readUInt32BE(0);
    return (decodeAttributes(value.subarray(4)) ?? []).map((inner) => ({ ...inner, vendor }));
  });
}
