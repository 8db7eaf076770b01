export const mesh = {
  createTitle: 'Create a mesh',
  createHelp: 'A mesh is a group of computers that trust each other. You become its first admin and approve the others.',
  name: 'Name of the mesh',
  nameExample: 'Maple Street',
  createVerb: 'Create mesh',
  created: '{{mesh}} is there. Others join it by the address of this computer.',
  leaveTitle: 'Leave {{mesh}}?',
  leaveVerb: 'Leave mesh',
  leaveHelp: 'You lose access to what its members share, and they to what you offer. To come back someone there must approve you again.',
  leaveLastAdmin: 'You are the only admin of {{mesh}}. Its members stay connected, but nobody can let anyone in any more.',
  leaveLast: 'This computer is the only member: {{mesh}} ends with it.',
  left: 'You left {{mesh}}',
} as const
