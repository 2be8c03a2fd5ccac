import { expect, test } from "vitest";
import { z } from "zod";
import { newNonce, requestKeyOf } from "./request-key";

test("the same page, account and sum are one key; anything else is another", () => {
  const key = requestKeyOf("n", "a", 238_00n);
  expect(requestKeyOf("n", "a", 238_00n)).toBe(key);
  expect(
    new Set([key, requestKeyOf("m", "a", 238_00n), requestKeyOf("n", "b", 238_00n), requestKeyOf("n", "a", 239_00n)])
      .size,
  ).toBe(4);
});

test("every key is a UUID that the verb takes", () => {
  for (let index = 0; index < 200; index += 1) {
    expect(z.uuid().safeParse(requestKeyOf(newNonce(), "a", BigInt(index))).success).toBe(true);
  }
});
