import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** What a look over all bytes of a file says, before anyone guesses what they mean. */
export interface ByteReport {
  readonly size: number;
  readonly sha256: string;
  readonly startsWith: Buffer;
  /** Bytes that no text file holds: zeros and control characters. */
  readonly zeros: number;
  readonly controls: number;
  /** UTF-8 sequences of more than one byte that are well formed. */
  readonly sequences: number;
  /** Bytes that are not UTF-8. */
  readonly broken: number;
  /** Line of the first of them, 1 = the header; 0 when there are none. */
  readonly firstBrokenLine: number;
}

const SAMPLE_BYTES = 65_536;

/** Reads the file once, in pieces: memory does not grow with its size. */
export async function inspectBytes(path: string): Promise<ByteReport> {
  const inspection = new Inspection();
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) inspection.take(piece);
  return inspection.report();
}

/** The same of bytes that are in memory already. */
export function inspectBuffer(bytes: Buffer): ByteReport {
  const inspection = new Inspection();
  inspection.take(bytes);
  return inspection.report();
}

class Inspection {
  private readonly hash = createHash("sha256");
  private readonly seen = new Utf8Counter();
  private readonly head: Buffer[] = [];
  private size = 0;

  take(piece: Buffer): void {
    this.hash.update(piece);
    if (this.size < SAMPLE_BYTES) this.head.push(piece.subarray(0, SAMPLE_BYTES - this.size));
    this.size += piece.length;
    this.seen.take(piece);
  }

  report(): ByteReport {
    this.seen.finish();
    const { zeros, controls, sequences, broken, firstBrokenLine } = this.seen;
    return {
      size: this.size,
      sha256: this.hash.digest("hex"),
      startsWith: Buffer.concat(this.head),
      zeros,
      controls,
      sequences,
      broken,
      firstBrokenLine,
    };
  }
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Counts UTF-8 sequences across pieces (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). */
class Utf8Counter {
  zeros = 0;
  controls = 0;
  sequences = 0;
  broken = 0;
  firstBrokenLine = 0;
  private line = 1;
  private missing = 0;
  private low = 0x80;
  private high = 0xbf;

  take(piece: Buffer): void {
    for (const byte of piece) {
      if (this.missing > 0) {
        if (byte >= this.low && byte <= this.high) {
          this.expect(this.missing - 1);
          if (this.missing === 0) this.sequences += 1;
          continue;
        }
        this.breaks();
      }
      if (byte >= 0x80) this.begins(byte);
      else if (byte === LINE_FEED) this.line += 1;
      else if (byte === 0) this.zeros += 1;
      else if (byte < 0x20 && byte !== TAB && byte !== CARRIAGE_RETURN) this.controls += 1;
    }
  }

  finish(): void {
    if (this.missing > 0) this.breaks();
  }

  private begins(byte: number): void {
    if (byte >= 0xc2 && byte <= 0xdf) this.expect(1);
    else if (byte >= 0xe0 && byte <= 0xef) this.expect(2, byte === 0xe0 ? 0xa0 : 0x80, byte === 0xed ? 0x9f : 0xbf);
    else if (byte >= 0xf0 && byte <= 0xf4) this.expect(3, byte === 0xf0 ? 0x90 : 0x80, byte === 0xf4 ? 0x8f : 0xbf);
    else this.breaks();
  }

  private expect(missing: number, low = 0x80, high = 0xbf): void {
    this.missing = missing;
    this.low = low;
    this.high = high;
  }

  private breaks(): void {
    this.broken += 1;
    if (this.firstBrokenLine === 0) this.firstBrokenLine = this.line;
    this.expect(0);
  }
}
