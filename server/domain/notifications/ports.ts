import type { Channel, Failure } from "./constants";

/** One message as a channel gets it. */
export interface Delivery {
  /** Stable: a message tried twice carries the same one, so that the far side can tell. */
  readonly key: string;
  /** An address of the channel's own kind: an e-mail address, a phone as "+79120000000". */
  readonly to: string;
  /** Of a letter. */
  readonly subject: string;
  readonly text: string;
}

/**
 * `sent`: the far side has it. `again`: it certainly has not, and may take it later. `refused`: it never will. `unknown`: nobody
 * can tell, so it must not be sent again by itself.
 */
export interface DeliveryOutcome {
  readonly kind: "sent" | "again" | "refused" | "unknown";
  readonly reason: Failure | null;
}

/** What carries the messages of one channel. `deliver` never throws for what the far side did. */
export interface ChannelPort {
  /** `smtp`: a real mail server. `file`: a stand-in that writes into a file of this installation and reaches nobody. */
  readonly carrier: "smtp" | "file";
  deliver(message: Delivery): Promise<DeliveryOutcome>;
}

export interface NotifierPort {
  readonly channels: Readonly<Record<Channel, ChannelPort>>;
  /** Where a subscriber pays, as an absolute address. */
  readonly payUrl: string;
}
