/** An event whose default can be prevented. */
export const cancellable = () => ({
  defaultPrevented: false,
  preventDefault() {
    this.defaultPrevented = true
  },
})
