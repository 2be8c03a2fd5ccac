/** What the network answers about one login, in the product's own words. */
export interface NetworkView {
  readonly state: "active" | "walled" | "closed";
  readonly downKbps: number | null;
  readonly upKbps: number | null;
}

/**
 * The network's own answer, asked for, not assumed. Throws only `NetworkUnavailable`: the question stays open and is
 * asked again.
 */
export interface NetworkPort {
  /** `probe`: a real Access-Request to RADIUS. `views`: no RADIUS is configured, its views are read instead. */
  readonly mode: "probe" | "views";
  readAccess(login: string, secret: string): Promise<NetworkView>;
}

export class NetworkUnavailable extends Error {
  override readonly name = "NetworkUnavailable";
  constructor(readonly reason: "timeout" | "refused" | "bad_answer") {
    super(`network unavailable: ${reason}`);
  }
}
