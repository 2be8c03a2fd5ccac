import { expect, test } from "vitest";
import { readCursor, writeCursor } from "./page-cursor";

const cursor = { value: "Кравцова «Анна»", id: "01890000-0000-7000-8000-00000000000a", place: 51 };

test("a cursor comes back as it was written", () => {
  expect(readCursor(writeCursor(cursor))).toEqual(cursor);
});

test.each([
  "",
  "%%%",
  "e30",
  Buffer.from("[1]").toString("base64url"),
  writeCursor({ ...cursor, id: "1 or 1=1" }),
  writeCursor({ ...cursor, place: 0 }),
])("%s is no cursor of ours", (text) => {
  expect(() => readCursor(text)).toThrow("page.malformed");
});
