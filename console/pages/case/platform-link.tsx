import Link from "@cloudscape-design/components/link";

/** A link that leaves the console; the other side learns nothing of where one came from. */
export function PlatformLink({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <Link href={href} external target="_blank" rel="noopener noreferrer" externalIconAriaLabel="opens in a new tab">
      {children}
    </Link>
  );
}
