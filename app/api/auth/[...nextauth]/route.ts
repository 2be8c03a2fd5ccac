import NextAuth from "next-auth";
import { bodyRejection, crossSiteRejection, rejectionResponse } from "@/server/api/request-guard";
import { authOptions } from "@/server/auth/next-auth";
import { env } from "@/server/env";

type Params = { params: Promise<{ nextauth: string[] }> };

const TYPES = ["application/x-www-form-urlencoded"];
const MAX_BODY_BYTES = 8 * 1024;

const handle = (request: Request, params: Params): Promise<Response> =>
  NextAuth(request as never, params as never, authOptions(request.headers));

export { handle as GET };

export async function POST(request: Request, params: Params): Promise<Response> {
  const rejection =
    crossSiteRejection(request.headers, env.UZEL_PUBLIC_URL) ?? bodyRejection(request.headers, TYPES, MAX_BODY_BYTES);
  return rejection ? rejectionResponse(rejection) : handle(request, params);
}
