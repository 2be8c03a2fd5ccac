import { headers } from "next/headers";
import { cache } from "react";
import { webContext } from "./web-context";

/** The context of the request being rendered; its session is read once however many components ask. */
export const pageContext = cache(async () => webContext(await headers()));
