export type ToastMessage = { tone: "ok" | "danger" | "info"; title: string; text?: string };

type Listener = (message: ToastMessage) => void;

const waiting: ToastMessage[] = [];
let listener: Listener | undefined;

/** A short note that something happened elsewhere. What went wrong in a form is said in the form, not here. */
export function showToast(message: ToastMessage): void {
  if (listener) listener(message);
  else waiting.push(message);
}

/** For `ToastHost` only: hands over what was said before it listened. Returns the way to stop. */
export function listenToToasts(next: Listener): () => void {
  listener = next;
  for (const message of waiting.splice(0)) next(message);
  return () => {
    if (listener === next) listener = undefined;
  };
}
