$stdin.each_line(chomp: true) do |line|
  puts line
end
