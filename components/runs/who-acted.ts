/** Who did a thing to a run: a person by name, else the console or a job of our own. */
export function whoActed(label: string | null, name: string | null, words: (key: "system" | "console") => string) {
  if (name) return name;
  return words(label === "job:billing" ? "console" : "system");
}
