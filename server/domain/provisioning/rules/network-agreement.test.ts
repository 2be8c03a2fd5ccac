import { describe, expect, test } from "vitest";
import { type DesiredAccess, disagreement } from "./network-agreement";

const desired = (state: DesiredAccess["state"]): DesiredAccess => ({ state, downKbps: 300_000, upKbps: 100_000 });
const active = { state: "active", downKbps: 300_000, upKbps: 100_000 } as const;
const walled = { state: "walled", downKbps: 64, upKbps: 64 } as const;
const closed = { state: "closed", downKbps: null, upKbps: null } as const;

describe("the network agrees", () => {
  test.each([
    ["active at the tariff's speed", desired("active"), active, "walled", null],
    ["active at another speed", desired("active"), { ...active, downKbps: 64 }, "walled", "speed_differs"],
    ["active at another speed upwards", desired("active"), { ...active, upKbps: 64 }, "walled", "speed_differs"],
    ["walled instead of active", desired("active"), walled, "walled", "state_differs"],
    ["active instead of walled", desired("walled"), active, "walled", "state_differs"],
    ["walled whatever its speed", desired("walled"), walled, "walled", null],
    ["walled is a refusal where the operator refuses", desired("walled"), closed, "reject", null],
    ["a walled garden where the operator refuses", desired("walled"), walled, "reject", "state_differs"],
    ["a refusal where the operator walls", desired("walled"), closed, "walled", "state_differs"],
    ["closed", desired("closed"), closed, "walled", null],
    ["still open after it ended", desired("closed"), walled, "walled", "state_differs"],
  ] as const)("%s", (_name, wanted, seen, mode, answer) => {
    expect(disagreement(wanted, seen, mode)).toBe(answer);
  });
});
