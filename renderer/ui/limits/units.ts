/** What one of a typed unit is in the contract. Speeds are in Mbit/s, as providers sell them, and sent in bytes a second. */
export const megabit = 1e6 / 8
export const gigabyte = 1e9
