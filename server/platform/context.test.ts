import { expect, test } from "vitest";
import { newId } from "./context";

test("ids made within one millisecond keep their order, however many", () => {
  const now = () => new Date("2026-11-25T09:00:00Z");
  const ids = Array.from({ length: 50_000 }, () => newId(now));
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  );
});
