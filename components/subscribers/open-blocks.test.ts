import { expect, test } from "vitest";
import { splitBlocks } from "./open-blocks";

const NOW = new Date("2026-11-14T12:00:00Z");
const block = (id: string, subscriptionId: string | null, untilAt: Date | null = null) => ({
  id,
  subscriptionId,
  fromAt: new Date(0),
  untilAt,
});
const names = (blocks: readonly { id: string }[]) => blocks.map((one) => one.id);

test("a block of a subscription that ended is over, though nobody lifted it", () => {
  const blocks = [
    block("of the ended", "ended"),
    block("of the running", "running"),
    block("lifted", "running", new Date(0)),
  ];
  const { open, past } = splitBlocks(blocks, [{ id: "running" }], NOW);
  expect([names(open), names(past)]).toEqual([["of the running"], ["of the ended", "lifted"]]);
});

test("a block of the whole account lasts while the account has anything to hold", () => {
  const blocks = [block("whole", null)];
  expect(names(splitBlocks(blocks, [{ id: "running" }], NOW).open)).toEqual(["whole"]);
  expect(names(splitBlocks(blocks, [], NOW).past)).toEqual(["whole"]);
});
