import Link from "next/link";
import { EmptyState } from "@/components/blocks/empty-state";
import { buttonStyle } from "@/components/ui/button-style";

type Props = { title: string; text: string; action: string; href: string };

/** Instead of a page about something that is not there: what happened, and the way back to where it is chosen from. */
export function NotFoundCard({ title, text, action, href }: Props) {
  return (
    <div className="card">
      <EmptyState
        title={<h1>{title}</h1>}
        text={text}
        action={
          <Link href={href} className={buttonStyle({ size: "s" })}>
            {action}
          </Link>
        }
      />
    </div>
  );
}
