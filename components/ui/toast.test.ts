import { expect, test } from "vitest";
import { listenToToasts, showToast, type ToastMessage } from "./toast";

test("what is said before anybody listens is heard once, in order", () => {
  showToast({ tone: "ok", title: "first" });
  showToast({ tone: "info", title: "second" });
  const heard: ToastMessage[] = [];
  const stop = listenToToasts((message) => heard.push(message));
  showToast({ tone: "danger", title: "third" });
  expect(heard.map((message) => message.title)).toEqual(["first", "second", "third"]);

  stop();
  showToast({ tone: "ok", title: "fourth" });
  expect(heard).toHaveLength(3);
  listenToToasts((message) => heard.push(message))();
  expect(heard.at(-1)?.title).toBe("fourth");
});
