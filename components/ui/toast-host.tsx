"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import { listenToToasts, type ToastMessage } from "./toast";

const Toaster = lazy(() => import("./toaster"));

/** The place where toasts appear, in the root layout. Their code comes with the first one, not with the page. */
export function ToastHost() {
  const [first, setFirst] = useState<ToastMessage[]>([]);
  useEffect(() => (first.length === 0 ? listenToToasts((message) => setFirst([message])) : undefined), [first]);
  if (first.length === 0) return null;
  return (
    <Suspense>
      <Toaster first={first} />
    </Suspense>
  );
}
