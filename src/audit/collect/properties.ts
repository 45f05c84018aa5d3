/** What is asked of each unit (systemctl(1), org.freedesktop.systemd1(5)); never `Environment`, which holds secrets. */
export const propertiesOfUnits = [
  'Id',
  'Description',
  'LoadState',
  'ActiveState',
  'SubState',
  'Result',
  'UnitFileState',
  'FragmentPath',
  'NeedDaemonReload',
  'MainPID',
  'ControlGroup',
  'NRestarts',
  'ActiveEnterTimestamp',
  'Restart',
  'RestartUSec',
  'Type',
  'User',
  'WorkingDirectory',
  'EnvironmentFiles',
  'ExecStart',
].join(',');

export const propertiesOfTimers = ['Id', 'ActiveState', 'UnitFileState', 'Triggers'].join(',');
