using Akka.Actor;
using Akka.Hosting;
using Akka.Persistence;
using AkkaSockets.Persistence.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder();
builder.Services.AddAkka("shop", akka => akka
    .WithRedisPersistence(new RedisPersistenceOptions { ConfigurationString = args[0] }) // "localhost:6379"
    .WithActors((system, registry) => registry.Register<Guestbook>(system.ActorOf<Guestbook>("guestbook"))));
using var host = builder.Build();
await host.StartAsync();
var guestbook = await host.Services.GetRequiredService<IRequiredActor<Guestbook>>().GetAsync();
Console.WriteLine($"So far: {await guestbook.Ask<string>(args[1], TimeSpan.FromSeconds(20))}");
await host.StopAsync();

public sealed class Guestbook : ReceivePersistentActor
{
    private readonly List<string> _guests = [];

    public Guestbook()
    {
        Recover<string>(_guests.Add);
        Command<string>(guest =>
        {
            if (_guests.Contains(guest)) Answer(); // asked again, since the answer was lost
            else Persist(guest, g => { _guests.Add(g); Answer(); }); // only now it is in Redis
        });
    }

    public override string PersistenceId => "guestbook";

    private void Answer() => Sender.Tell(string.Join(", ", _guests));
}
