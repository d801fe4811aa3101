/** An attempt that we gave up, or whose body had the wrong length. */
export class Cut extends Error {
  override name = 'Cut'
}
