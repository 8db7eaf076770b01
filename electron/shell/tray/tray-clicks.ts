/**
 * Whether a left click on the icon opens the window. macOS opens the menu on any click, and says "click" all the same.
 * Windows opens the menu on the right button by itself. On Linux the desktop decides: Plasma says "click" for the left
 * button and opens the menu on the right one, GNOME's extension opens the menu on both and says nothing.
 */
export const opensWindow = (platform: NodeJS.Platform): boolean => platform !== 'darwin'
