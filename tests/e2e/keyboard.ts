import type { Page } from 'playwright-core';

/** What has the focus, by its label or its text. */
const FOCUSED = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return '';
  const label = at.labels?.[0]?.innerText;
  return (at.getAttribute('aria-label') ?? label ?? at.innerText ?? '').trim();
})()`;

const MOST_STEPS = 400;

/** Somebody who has no mouse. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Puts the focus before the first thing of the page, and on it. */
  async begin(): Promise<void> {
    await this.#page.evaluate('document.activeElement?.blur()');
    await this.#page.keyboard.press('Tab');
  }

  /** The name of what has the focus; empty: nothing. */
  focused(): Promise<string> {
    return this.#page.evaluate<string>(FOCUSED);
  }

  /** Goes on with Tab until something of this name has the focus. @throws where nothing gets it */
  async tabTo(name: RegExp): Promise<void> {
    for (let step = 0; step < MOST_STEPS; step += 1) {
      if (name.test(await this.focused())) return;
      await this.#page.keyboard.press('Tab');
    }
    throw new Error(`nothing named ${name} can be reached with Tab`);
  }

  /** Presses Enter on a link or button and waits for the page that it leads to. */
  async follow(): Promise<void> {
    await Promise.all([this.#page.waitForEvent('load'), this.#page.keyboard.press('Enter')]);
  }

  /** Whether what has the focus shows it by an outline. */
  focusIsVisible(): Promise<boolean> {
    return this.#page.evaluate<boolean>(
      "getComputedStyle(document.activeElement).outlineStyle !== 'none'",
    );
  }
}
