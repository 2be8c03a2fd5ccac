import fc from "fast-check";
import { expect, test } from "vitest";
import { boostInterval } from "./boost-interval";

const at = (text: string) => new Date(`2026-11-25T${text}Z`);

test("a boost begins at once and lasts its hours", () => {
  expect(boostInterval(at("10:00:00"), 3, [])).toEqual({ fromAt: at("10:00:00"), untilAt: at("13:00:00") });
});

test("one bought while another runs begins when that is over, and one that is over does not matter", () => {
  const running = [{ untilAt: at("12:30:00") }, { untilAt: at("09:00:00") }];
  expect(boostInterval(at("10:00:00"), 1, running)).toEqual({ fromAt: at("12:30:00"), untilAt: at("13:30:00") });
  expect(boostInterval(at("12:30:00"), 1, running)).toEqual({ fromAt: at("12:30:00"), untilAt: at("13:30:00") });
});

test("boosts bought one after another never overlap and lose no hour", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 48 })), { maxLength: 10 }), (bought) => {
      let nowMs = at("00:00:00").getTime();
      const made: { fromAt: Date; untilAt: Date }[] = [];
      for (const [laterHours, hours] of bought) {
        nowMs += laterHours * 3_600_000;
        made.push(boostInterval(new Date(nowMs), hours, made));
      }
      return made.every(
        ({ fromAt, untilAt }, index) =>
          untilAt.getTime() - fromAt.getTime() === (bought[index]?.[1] ?? 0) * 3_600_000 &&
          made.slice(0, index).every((earlier) => earlier.untilAt <= fromAt),
      );
    }),
  );
});
