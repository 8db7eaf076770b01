/** Whether a link may open another page: a browser does, the desktop window opens none, and there addresses are copied. */
export const opensPages = (): boolean => !('fcn' in window)
