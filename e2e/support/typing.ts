import type { Locator, Page } from "@playwright/test";

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const PLAIN: Record<string, string> = { â: "a", ă: "a", ê: "e", ô: "o", ơ: "o", ư: "u", đ: "d" };

/**
 * What a Telex input method shows while one word is typed: letters as they come, a letter's mark when its second key
 * comes, the tone at the end. `tiếng` shows t, ti, tie, tiê, tiên, tiêng, tiếng.
 */
export function telexStates(word: string): string[] {
  const toneless = word.normalize("NFD").replace(TONES, "").normalize("NFC");
  const states: string[] = [];
  let shown = "";
  for (const letter of toneless) {
    const plain = PLAIN[letter.toLowerCase()];
    if (plain !== undefined) {
      states.push(shown + (letter === letter.toUpperCase() ? plain.toUpperCase() : plain));
    }
    shown += letter;
    states.push(shown);
  }
  if (shown !== word.normalize("NFC")) states.push(word.normalize("NFC"));
  return states;
}

/**
 * Types as a Telex input method of the keyboard-hook kind does: it never composes, it sends backspaces and the changed
 * letters instead. `asDecomposed` sends NFD, as some input methods do.
 */
export async function typeTelex(page: Page, text: string, options: { asDecomposed?: boolean } = {}): Promise<void> {
  const words = text.split(" ");
  for (const [index, word] of words.entries()) {
    let shown = "";
    for (const state of telexStates(word)) {
      const kept = commonPrefix(shown, state);
      for (let back = shown.length; back > kept; back -= 1) await page.keyboard.press("Backspace");
      const added = state.slice(kept);
      // The erased part must match what the page shows, so only the last state of a word may be decomposed.
      const last = state === word.normalize("NFC");
      await page.keyboard.insertText(options.asDecomposed && last ? added.normalize("NFD") : added);
      shown = state;
    }
    if (index < words.length - 1) await page.keyboard.press("Space");
  }
}

/**
 * Types as an input method that composes does (Android, Windows TSF, macOS): the word under the caret is provisional
 * until it is committed. `during` is called on each provisional state and sees what the page shows then.
 */
export async function compose(
  page: Page,
  field: Locator,
  text: string,
  during: (state: string, provisional: string) => Promise<void> = async () => {},
): Promise<void> {
  await field.focus();
  const session = await page.context().newCDPSession(page);
  const words = text.split(" ");
  let committed = await field.inputValue();
  for (const [index, word] of words.entries()) {
    for (const state of telexStates(word)) {
      await session.send("Input.imeSetComposition", {
        text: state,
        selectionStart: state.length,
        selectionEnd: state.length,
      });
      await during(state, committed + state);
    }
    const ending = index < words.length - 1 ? " " : "";
    await session.send("Input.insertText", { text: word.normalize("NFC") + ending });
    committed += word.normalize("NFC") + ending;
  }
  await session.detach();
}

/** Opens a composition and leaves it open: the word is not committed. */
export async function composeWithoutCommitting(page: Page, field: Locator, state: string): Promise<void> {
  await field.focus();
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", {
    text: state,
    selectionStart: state.length,
    selectionEnd: state.length,
  });
}

function commonPrefix(left: string, right: string): number {
  let length = 0;
  while (length < left.length && length < right.length && left[length] === right[length]) length += 1;
  return length;
}
