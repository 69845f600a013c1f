import type { Page } from 'playwright-core';

/** A try-it form that is open and has a key, with what can be done and read there. */
export async function openForm(page: Page, operation: string, key: string) {
  const form = `#${operation}-try`;
  const text = (selector: string) => page.locator(selector).innerText();
  await page.locator(`${form} summary`).click();
  await page.locator(`#${operation}-try-key`).fill(key);
  return {
    form,
    send: () => page.locator(`${form} [type=submit]`).click(),
    answered: () => page.locator(`${form} .verdict`).waitFor(),
    status: () => text(`${form} [data-status]`),
    time: () => text(`${form} [data-time]`),
    headers: () => text(`${form} [data-answer-headers]`),
    problem: () => text(`${form} .problem`),
    curl: () => text(`${form}-curl code`),
    body: async () => JSON.parse(await text(`${form}-body code`)),
  };
}
