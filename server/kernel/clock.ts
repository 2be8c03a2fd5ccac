/** The only source of "now" for the product. Injected, so that a test, the demo or a sandbox may move it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
