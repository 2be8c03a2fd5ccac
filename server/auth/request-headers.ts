/** Carries the socket's own address from the HTTP server to route handlers, which are not shown the socket. */
export const PEER_HEADER = "x-uzel-peer";

/** Carries the path a browser asked for to pages, which are not shown it, so that sign-in can lead back there. */
export const PATH_HEADER = "x-uzel-path";
