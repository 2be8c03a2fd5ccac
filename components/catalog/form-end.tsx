import { CircleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";

/** What was refused, and the button that sends the form. */
export function FormEnd({ text, submit, busy }: { text: string | null; submit: string; busy: string | false }) {
  return (
    <>
      <p role="alert" className="flex items-start gap-1.5 text-small text-danger empty:hidden">
        {text ? (
          <>
            <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            <span>{text}</span>
          </>
        ) : null}
      </p>
      <div>
        <Button type="submit" kind="primary" busy={busy}>
          {submit}
        </Button>
      </div>
    </>
  );
}
