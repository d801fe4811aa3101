/** An attempt that we gave up, or a body of the wrong length. */
export class Cut extends Error {
  override name = 'Cut'
}
