export { LINK_STATES, LINKS, type LinkName, type LinkState } from "./constants";
export type { DoorReading } from "./read-doors";
export { type LinkMap, type LinkReading, readLinks } from "./read-links";
export { RetryLinkInput, retryLink } from "./retry-link";
