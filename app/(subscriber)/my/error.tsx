"use client";

import { CabinetError } from "@/components/cabinet/cabinet-error";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function CabinetErrorPage({ error, reset }: Props) {
  return <CabinetError retry={reset} {...(error.digest && { code: error.digest })} />;
}
