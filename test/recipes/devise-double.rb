# frozen_string_literal: true

# A site in Rails with Devise: users sign in, sign out and change their address. The recipe beside it answers its PATH.
# Arguments: the folder of the recipe, and "reconfirmable" or nothing.

require "fileutils"
require "logger"
require "action_controller/railtie"
require "active_record/railtie"
require "action_mailer/railtie"
require "devise"
require "devise/orm/active_record"
require "puma"
require File.join(ARGV[0], "live_assist_token")

ENV["DATABASE_URL"] = "sqlite3:#{File.join(ARGV[0], "devise.sqlite3")}"

class Site < Rails::Application
  config.root = ARGV[0]
  config.eager_load = false
  config.secret_key_base = "s" * 64
  config.logger = Logger.new(nil)
  config.hosts.clear
  config.session_store :cookie_store, key: "site"
  config.action_mailer.delivery_method = :test
  config.action_mailer.default_url_options = { host: "localhost" }
end

Devise.setup do |config|
  config.secret_key = "d" * 64
  config.mailer_sender = "site@example.com"
  config.reconfirmable = ARGV[1] == "reconfirmable"
  config.allow_unconfirmed_access_for = 1.day
  config.stretches = 1
end
class User < ActiveRecord::Base
  devise :database_authenticatable, :confirmable
end
FileUtils.mkdir_p(File.join(ARGV[0], "config"))
File.write(File.join(ARGV[0], "config/routes.rb"), <<~RUBY)
  Rails.application.routes.draw do
    devise_for :users, skip: :sessions
    match LiveAssistToken::PATH, to: LiveAssistToken, via: :all
    get "/enter", to: "visits#enter"
    get "/leave", to: "visits#leave"
    get "/change", to: "visits#change"
  end
RUBY
Site.initialize!

ActiveRecord::Schema.verbose = false
ActiveRecord::Schema.define do
  create_table :users do |t|
    t.string :email, :encrypted_password, :confirmation_token, :unconfirmed_email
    t.datetime :confirmed_at, :confirmation_sent_at
  end
end

%w[ada bob mallory].each do |name|
  User.new(email: "#{name}@example.com", password: "secret").tap(&:skip_confirmation!).save!
end
# Signed up a moment ago with an address that is not confirmed.
User.new(email: "eve@example.com", password: "secret").tap(&:skip_confirmation_notification!).save!

class VisitsController < ActionController::Base
  def enter
    sign_in(User.find_by!(email: "#{params[:as]}@example.com"))
    head :ok
  end

  def leave
    sign_out(:user)
    head :ok
  end

  def change
    current_user.update!(email: params[:email])
    head :ok
  end
end

server = Puma::Server.new(Site)
port = server.add_tcp_listener("127.0.0.1", 0).addr[1]
$stdout.puts "http://127.0.0.1:#{port}"
$stdout.flush
server.run.join
