import type { App, LoginItemSettings, Settings as LoginItem } from 'electron'

interface LoginItemsOptions {
  isPackaged: boolean
  wasOpenedAtLogin?: boolean
}

/** Login items as macOS and Windows keep them for Electron: one per program, compared with its arguments, refusable by the user. */
export function createLoginItems({ isPackaged, wasOpenedAtLogin = false }: LoginItemsOptions) {
  let item: LoginItem | null = null
  let refused = false
  const same = (a: readonly string[] = [], b: readonly string[] = []) => JSON.stringify(a) === JSON.stringify(b)

  const app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings' | 'isPackaged' | 'getAppPath'> = {
    isPackaged,
    getAppPath: () => '/src',
    setLoginItemSettings(settings) {
      item = settings.openAtLogin === true ? settings : null
      if (settings.enabled === true) refused = false
    },
    getLoginItemSettings({ path, args } = {}): LoginItemSettings {
      const listed = item !== null && item.path === path && same(item.args, args)
      return {
        openAtLogin: listed,
        wasOpenedAtLogin,
        status: !listed ? 'not-registered' : refused ? 'requires-approval' : 'enabled',
        executableWillLaunchAtLogin: listed && !refused,
        launchItems: [],
      }
    },
  }
  return {
    ...app,
    item: () => item,
    /** The user says no in the settings of the system. */
    refuse: () => void (refused = true),
  }
}
