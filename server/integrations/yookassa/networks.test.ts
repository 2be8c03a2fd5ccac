import { describe, expect, it } from "vitest";
import { clientAddress, createNetworkList, LOOPBACK_NETWORKS, YOOKASSA_NETWORKS } from "./networks";

const isProvider = createNetworkList(YOOKASSA_NETWORKS);

describe("the provider's address list", () => {
  it.each([
    ["185.71.76.0", true],
    ["185.71.76.31", true],
    ["185.71.76.32", false],
    ["185.71.75.255", false],
    ["185.71.77.31", true],
    ["77.75.153.127", true],
    ["77.75.153.128", false],
    ["77.75.154.127", false],
    ["77.75.154.128", true],
    ["77.75.154.255", true],
    ["77.75.156.11", true],
    ["77.75.156.12", false],
    ["77.75.156.35", true],
    ["2a02:5180::1", true],
    ["2a02:5180:ffff:ffff:ffff:ffff:ffff:ffff", true],
    ["2a02:5181::1", false],
    ["::ffff:185.71.76.1", true],
    ["::ffff:b947:4c01", true],
    ["::ffff:8.8.8.8", false],
    ["127.0.0.1", false],
    ["::1", false],
  ])("answers for %s: %s", (address, expected) => {
    expect(isProvider(address)).toBe(expected);
  });

  it.each([
    "",
    "185.71.76",
    "0271.71.76.1",
    "3108424705",
    "0xb9.71.76.1",
    "185.71.76.1/27",
    "185.71.76.1, 8.8.8.8",
    "2a02:5180::1%eth0",
    "not an address",
  ])("does not take %j for an address", (text) => {
    expect(isProvider(text)).toBe(false);
  });

  it("refuses an unknown address", () => {
    expect(isProvider(null)).toBe(false);
  });

  it.each(["185.71.76.0/33", "2a02:5180::/129", "185.71.76.0/-1", "185.71.76.0/27/1", "185.71.76.0/", "host", ""])(
    "stops the start on a bad network %j",
    (network) => {
      expect(() => createNetworkList([network])).toThrow("network.malformed");
    },
  );

  it("knows loopback as a list of its own, for the fake provider only", () => {
    const isLoopback = createNetworkList(LOOPBACK_NETWORKS);
    expect(["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"].map(isLoopback)).toEqual([true, true, true, true]);
    expect(["128.0.0.1", "::2", "10.0.0.1"].map(isLoopback)).toEqual([false, false, false]);
  });
});

describe("the client address", () => {
  const source = (forwardedFor: string | null, trustedProxies: number, peerAddress: string | null = "10.0.0.2") => ({
    forwardedFor,
    trustedProxies,
    peerAddress,
  });

  it("is the socket's own without proxies, whatever the header claims", () => {
    expect(clientAddress(source("185.71.76.1", 0, "203.0.113.7"))).toBe("203.0.113.7");
    expect(clientAddress(source("185.71.76.1", 0, "::ffff:203.0.113.7"))).toBe("203.0.113.7");
  });

  it("is unknown without proxies when the framework hides the socket", () => {
    expect(clientAddress(source("185.71.76.1", 0, null))).toBeNull();
  });

  it("is what the only proxy appended, not what the sender wrote before it", () => {
    expect(clientAddress(source("185.71.76.1, 203.0.113.7", 1))).toBe("203.0.113.7");
    expect(clientAddress(source("185.71.76.1,185.71.76.2 ,203.0.113.7", 1))).toBe("203.0.113.7");
  });

  it("counts from the right by the number of proxies", () => {
    expect(clientAddress(source("185.71.76.1, 203.0.113.7, 10.0.0.9", 2))).toBe("203.0.113.7");
    expect(clientAddress(source("203.0.113.7, 10.0.0.9, 10.0.0.8", 3))).toBe("203.0.113.7");
  });

  it("is unknown when the header has fewer entries than there are proxies", () => {
    expect(clientAddress(source("185.71.76.1", 2))).toBeNull();
    expect(clientAddress(source(null, 1))).toBeNull();
    expect(clientAddress(source("", 1))).toBeNull();
    expect(clientAddress(source("185.71.76.1, ", 1))).toBeNull();
  });

  it("reads the forms that proxies write: IPv6, brackets, ports, mapped addresses", () => {
    expect(clientAddress(source("2a02:5180::1", 1))).toBe("2a02:5180::1");
    expect(clientAddress(source("[2a02:5180::1]:443", 1))).toBe("2a02:5180::1");
    expect(clientAddress(source("[2a02:5180::1]", 1))).toBe("2a02:5180::1");
    expect(clientAddress(source("203.0.113.7:4711", 1))).toBe("203.0.113.7");
    expect(clientAddress(source("::ffff:185.71.76.1", 1))).toBe("185.71.76.1");
  });

  it("is unknown when the entry is not an address", () => {
    expect(clientAddress(source("unknown", 1))).toBeNull();
    expect(clientAddress(source("_hidden", 1))).toBeNull();
    expect(clientAddress(source("0271.71.76.1", 1))).toBeNull();
  });

  it("does not accept a nonsensical number of proxies", () => {
    expect(() => clientAddress(source("203.0.113.7", -1))).toThrow("network.trusted_proxies");
    expect(() => clientAddress(source("203.0.113.7", 1.5))).toThrow("network.trusted_proxies");
  });
});
