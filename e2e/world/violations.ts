import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** Returns the violations of axe-core's rules in the page, or in a part of it, in both themes, which differ only in colours. */
export async function violations(page: Page, within?: string): Promise<string[]> {
  const all: string[] = []
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    // Without frames of other origins, axe needs no separate page; and only violations are reported element by element.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
    if (within !== undefined) axe.include(within).disableRules(['region'])
    if (colorScheme === 'light') axe.withRules(['color-contrast', 'link-in-text-block'])
    const { violations: found } = await axe.analyze()
    all.push(...found.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${colorScheme}, ${id}: ${help} at ${target.join(' ')}`)))
  }
  return all
}
