import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What the rules of axe-core find wrong with the page as it stands, or with a part of it, in either theme: only its colours differ. */
export async function violations(page: Page, within?: string): Promise<string[]> {
  const all: string[] = []
  for (const colorScheme of ['dark', 'light'] as const) {
    // Colours are what they will be at once.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Without frames of other origins, axe needs no page of its own; and nothing but violations is written down to the last element.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
    if (within !== undefined) axe.include(within).disableRules(['region'])
    if (colorScheme === 'light') axe.withRules(['color-contrast', 'link-in-text-block'])
    const { violations: found } = await axe.analyze()
    all.push(...found.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${colorScheme}, ${id}: ${help} at ${target.join(' ')}`)))
  }
  return all
}
