/** The name with its sign: denied above allowed, under a lens. */
export function Mark() {
  return (
    <span className="mr-3 flex items-center gap-2 text-title font-semibold tracking-tight">
      <svg viewBox="0 0 20 20" className="size-5 shrink-0" aria-hidden="true">
        <path d="M1 13h18v5H1z" fill="var(--color-allow-fill)" />
        <path d="M1 8.500h9.500v2.500H1zM1 4h5v2.500H1z" fill="var(--color-deny-fill)" />
        <circle cx="14.500" cy="6" r="3.800" fill="none" stroke="currentColor" strokeWidth="1.800" />
      </svg>
      <span className="max-sm:sr-only">Flowlens</span>
    </span>
  )
}
