import { crossSiteRejection, rejectionResponse } from "@/server/api/request-guard";
import { signOutResponse } from "@/server/auth/sign-out";
import { env } from "@/server/env";

/** The form of the sign-out button: ends the session row, drops the cookie, leads to the sign-in page. */
export async function POST(request: Request): Promise<Response> {
  const rejection = crossSiteRejection(request.headers, env.UZEL_PUBLIC_URL);
  return rejection ? rejectionResponse(rejection) : signOutResponse(request.headers);
}
