import { describe, expect, test } from "vitest";
import { chanceOf } from "./chance";

describe("chance", () => {
  test("one seed tells one story, another seed another", () => {
    const story = (seed: number) => {
      const chance = chanceOf(seed);
      return Array.from({ length: 50 }, () => chance.between(1, 1000));
    };
    expect(story(7)).toEqual(story(7));
    expect(story(7)).not.toEqual(story(8));
  });

  test("whole numbers stay within their bounds and reach both ends", () => {
    const chance = chanceOf(1);
    const seen = new Set(Array.from({ length: 500 }, () => chance.between(3, 6)));
    expect([...seen].sort()).toEqual([3, 4, 5, 6]);
  });

  test("weights decide how often, and a weight of nothing never comes", () => {
    const chance = chanceOf(2);
    const drawn = Array.from({ length: 4000 }, () =>
      chance.weighted([
        ["often", 3],
        ["seldom", 1],
        ["never", 0],
      ]),
    );
    const often = drawn.filter((item) => item === "often").length;
    expect(drawn).not.toContain("never");
    expect(often).toBeGreaterThan(2800);
    expect(often).toBeLessThan(3200);
  });
});
