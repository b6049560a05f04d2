program Solution;

var
  line: string;

begin
  while not Eof do
  begin
    ReadLn(line);
    WriteLn(line);
  end;
end.
