/** Id of a choice, for the text field that keeps the focus. */
export function choiceId(listId: string, index: number): string {
  return `${listId}-${index}`
}
