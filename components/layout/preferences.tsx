import { cookies } from "next/headers";
import { THEME_COOKIE, type Theme, toTheme } from "@/components/lib/theme";
import { PreferenceForms } from "./preference-forms";

/** The theme this browser was set to. */
export async function chosenTheme(): Promise<Theme> {
  return toTheme((await cookies()).get(THEME_COOKIE)?.value);
}

export async function Preferences() {
  return <PreferenceForms theme={await chosenTheme()} />;
}
