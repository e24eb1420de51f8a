/** Asks for the next page while the caller works on the one before it: at most one page ahead. */
export async function* readAhead<Page>(pages: AsyncGenerator<Page>): AsyncGenerator<Page> {
  let coming = pages.next();
  for (;;) {
    const page = await coming;
    if (page.done) return;
    coming = pages.next();
    // Whoever ends early never asks for it; its failure is nobody's then.
    coming.catch(() => undefined);
    yield page.value;
  }
}
